<#--
  What mails say in English, and in languages without words of their own. Any of it can be changed for a type of
  document in invoice.en.ftl, reminder.en.ftl ..., or for one company's in <company code>/invoice.en.ftl: assign there
  what differs. In texts an empty line separates paragraphs. Available: company, recipient, type, many, copy, bills,
  document, documents, payment.
-->
<#assign nouns = {
  "QUOTE": "Quote", "ORDER": "Order confirmation", "DELIVERY_NOTE": "Delivery note", "INVOICE": "Invoice",
  "INSTALMENT": "Instalment invoice", "SETTLEMENT": "Settlement",
  "CREDIT_NOTE": "Credit note", "REMINDER": "Reminder", "PAYMENT_NOTICE": "Payment notice",
  "STATEMENT": "Statement of account", "PURCHASE_ORDER": "Purchase order", "LETTER": "Letter", "COPY": "Copy"
}>
<#assign labels = {
  "document": "Document", "number": "Number", "date": "Date", "period": "Period", "amount": "Amount",
  "dueDate": "Payable by", "favour": "In your favour", "total": "Total", "iban": "IBAN", "bic": "BIC", "reference": "Reference",
  "vatId": "VAT no."
}>
<#-- The bills that a reminder or payment notice is about. -->
<#macro stated><#list document.stated as bill>${nouns[bill.type]?uncap_first} no. ${bill.number!}<#if bill.date??> of ${bill.date}</#if><#if type == "REMINDER" && bill.dueDate??>, payable by ${bill.dueDate}</#if><#sep>; </#list></#macro>
<#assign subject>
${company.name}, <#if many>${documents?size} documents<#else>${nouns[type]}<#if document.number??> no. ${document.number}</#if></#if>
</#assign>
<#assign greeting = "Hello">
<#assign copyNote = "This is a copy for your information." + bills?then(" Please pay against the original only.", "")>
<#assign text>
<#if many>
Please find attached, as PDF, the documents listed below.
<#else>
<#switch type>
<#case "INVOICE">
Please find attached our invoice as PDF.<#if payment??> Kindly pay the amount by the date given below.</#if><#if document.favour??> The balance is in your favour: it will be credited or refunded to you.<#elseif document.nothingDue> There is nothing to pay.</#if>
<#break>
<#case "INSTALMENT">
Please find attached our instalment invoice as PDF.<#if payment??> Kindly pay the amount by the date given below.</#if><#if document.favour??> The balance is in your favour: it will be credited or refunded to you.<#elseif document.nothingDue> There is nothing to pay.</#if>
<#break>
<#case "SETTLEMENT">
Please find attached our settlement as PDF; the instalments billed have been deducted.<#if payment??> Kindly pay the amount by the date given below.</#if><#if document.favour??> The balance is in your favour: it will be credited or refunded to you.<#elseif document.nothingDue> There is nothing to pay.</#if>
<#break>
<#case "CREDIT_NOTE">
Please find attached our credit note<#if document.preceding??> for invoice no. ${document.preceding}</#if> as PDF.<#if payment??> Kindly pay the amount by the date given below.</#if>
<#break>
<#case "REMINDER">
It may have escaped your attention that the following is still open: <@stated/>. You will find the details attached.

If your payment has crossed this message, please disregard it.
<#break>
<#case "PAYMENT_NOTICE">
We have received your payment (<@stated/>), thank you. You will find the details attached.
<#break>
<#case "STATEMENT">
Please find attached your statement of account as PDF.
<#break>
<#case "QUOTE">
Thank you for your enquiry. Please find attached our quote as PDF.
<#break>
<#case "ORDER">
Thank you for your order. Please find attached our confirmation as PDF.
<#break>
<#case "DELIVERY_NOTE">
Please find attached our delivery note as PDF.
<#break>
<#case "PURCHASE_ORDER">
Please find attached our order as PDF. We look forward to your confirmation.
<#break>
<#default>
Please find attached the document “${nouns[type]}” as PDF.
</#switch>
</#if>

Any questions? Simply reply to this message.
</#assign>
<#assign closing = "Kind regards">
