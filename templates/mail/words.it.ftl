<#--
  What mails say in Italian. Any of it can be changed for a type of document in invoice.it.ftl, reminder.it.ftl ...,
  or for one company's in <company code>/invoice.it.ftl: assign there what differs. In texts an empty line
  separates paragraphs. Available: company, recipient, type, many, copy, bills, document, documents, payment.
-->
<#assign nouns = {
  "QUOTE": "Offerta", "ORDER": "Conferma d’ordine", "DELIVERY_NOTE": "Bolla di consegna", "INVOICE": "Fattura",
  "INSTALMENT": "Fattura d’acconto", "SETTLEMENT": "Conguaglio",
  "CREDIT_NOTE": "Nota di credito", "REMINDER": "Sollecito", "PAYMENT_NOTICE": "Avviso di pagamento",
  "STATEMENT": "Estratto conto", "PURCHASE_ORDER": "Ordine", "LETTER": "Comunicazione", "COPY": "Copia"
}>
<#assign labels = {
  "document": "Documento", "number": "Numero", "date": "Data", "period": "Periodo", "amount": "Importo",
  "dueDate": "Da pagare entro", "favour": "A vostro favore", "total": "Totale", "iban": "IBAN", "bic": "BIC", "reference": "Causale",
  "vatId": "N. IVA"
}>
<#-- The bills that a reminder or payment notice is about. -->
<#macro stated><#list document.stated as bill>${nouns[bill.type]?uncap_first} n. ${bill.number!}<#if bill.date??> del ${bill.date}</#if><#if type == "REMINDER" && bill.dueDate??>, pagabile entro il ${bill.dueDate}</#if><#sep>; </#list></#macro>
<#assign subject>
${company.name}, <#if many>${documents?size} documenti<#else>${nouns[type]}<#if document.number??> n. ${document.number}</#if></#if>
</#assign>
<#assign greeting = "Buongiorno">
<#assign copyNote = "Questa è una copia per vostra informazione." + bills?then(" Vi preghiamo di pagare solo in base all’originale.", "")>
<#assign text>
<#if many>
in allegato trovate, in formato PDF, i documenti elencati qui sotto.
<#else>
<#switch type>
<#case "INVOICE">
in allegato trovate la nostra fattura in formato PDF.<#if payment??> Vi preghiamo di pagare l’importo entro la data indicata.</#if><#if document.favour??> Il saldo è a vostro favore: vi sarà accreditato o rimborsato.<#elseif document.nothingDue> Non c’è nulla da pagare.</#if>
<#break>
<#case "INSTALMENT">
in allegato trovate la nostra fattura d’acconto in formato PDF.<#if payment??> Vi preghiamo di pagare l’importo entro la data indicata.</#if><#if document.favour??> Il saldo è a vostro favore: vi sarà accreditato o rimborsato.<#elseif document.nothingDue> Non c’è nulla da pagare.</#if>
<#break>
<#case "SETTLEMENT">
in allegato trovate il nostro conguaglio in formato PDF; gli acconti fatturati sono detratti.<#if payment??> Vi preghiamo di pagare l’importo entro la data indicata.</#if><#if document.favour??> Il saldo è a vostro favore: vi sarà accreditato o rimborsato.<#elseif document.nothingDue> Non c’è nulla da pagare.</#if>
<#break>
<#case "CREDIT_NOTE">
in allegato trovate la nostra nota di credito<#if document.preceding??> relativa alla fattura n. ${document.preceding}</#if> in formato PDF.<#if payment??> Vi preghiamo di pagare l’importo entro la data indicata.</#if>
<#break>
<#case "REMINDER">
salvo errore da parte nostra, quanto segue risulta ancora aperto: <@stated/>. I dettagli si trovano in allegato.

Se il vostro pagamento si è incrociato con questo messaggio, vi preghiamo di non tenerne conto.
<#break>
<#case "PAYMENT_NOTICE">
abbiamo ricevuto il vostro pagamento (<@stated/>) e vi ringraziamo. I dettagli si trovano in allegato.
<#break>
<#case "STATEMENT">
in allegato trovate il vostro estratto conto in formato PDF.
<#break>
<#case "QUOTE">
vi ringraziamo della richiesta. In allegato trovate la nostra offerta in formato PDF.
<#break>
<#case "ORDER">
vi ringraziamo dell’ordine. In allegato trovate la nostra conferma in formato PDF.
<#break>
<#case "DELIVERY_NOTE">
in allegato trovate la nostra bolla di consegna in formato PDF.
<#break>
<#case "PURCHASE_ORDER">
in allegato trovate il nostro ordine in formato PDF. Restiamo in attesa della vostra conferma.
<#break>
<#default>
in allegato trovate il documento «${nouns[type]}» in formato PDF.
</#switch>
</#if>

Avete domande? Rispondete semplicemente a questo messaggio.
</#assign>
<#assign closing = "Cordiali saluti">
