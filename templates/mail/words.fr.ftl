<#--
  What mails say in French. Any of it can be changed for a type of document in invoice.fr.ftl, reminder.fr.ftl ...,
  or for one company's in <company code>/invoice.fr.ftl: assign there what differs. In texts an empty line
  separates paragraphs. Available: company, recipient, type, many, copy, bills, document, documents, payment.
-->
<#assign nouns = {
  "QUOTE": "Devis", "ORDER": "Confirmation de commande", "DELIVERY_NOTE": "Bon de livraison", "INVOICE": "Facture",
  "INSTALMENT": "Facture d’acompte", "SETTLEMENT": "Décompte",
  "CREDIT_NOTE": "Avoir", "REMINDER": "Rappel", "PAYMENT_NOTICE": "Avis de paiement",
  "STATEMENT": "Relevé de compte", "PURCHASE_ORDER": "Commande", "LETTER": "Courrier", "COPY": "Copie"
}>
<#assign labels = {
  "document": "Pièce", "number": "Numéro", "date": "Date", "period": "Période", "amount": "Montant",
  "dueDate": "À payer avant le", "favour": "En votre faveur", "total": "Montant total", "iban": "IBAN", "bic": "BIC", "reference": "Référence",
  "vatId": "N° TVA"
}>
<#-- The bills that a reminder or payment notice is about. -->
<#macro stated><#list document.stated as bill>${nouns[bill.type]?uncap_first} n° ${bill.number!}<#if bill.date??> du ${bill.date}</#if><#if type == "REMINDER" && bill.dueDate??>, payable jusqu’au ${bill.dueDate}</#if><#sep> ; </#list></#macro>
<#assign subject>
${company.name}, <#if many>${documents?size} pièces<#else>${nouns[type]}<#if document.number??> n° ${document.number}</#if></#if>
</#assign>
<#assign greeting = "Bonjour">
<#assign copyNote = "Ceci est une copie pour votre information." + bills?then(" Merci de ne payer que sur la base de l’original.", "")>
<#assign text>
<#if many>
Veuillez trouver ci-joint, au format PDF, les pièces énumérées ci-dessous.
<#else>
<#switch type>
<#case "INVOICE">
Veuillez trouver ci-joint notre facture au format PDF.<#if payment??> Nous vous remercions de la régler avant la date indiquée.</#if><#if document.favour??> Le solde est en votre faveur : il sera porté à votre crédit ou remboursé.<#elseif document.nothingDue> Il n’y a rien à payer.</#if>
<#break>
<#case "INSTALMENT">
Veuillez trouver ci-joint notre facture d’acompte au format PDF.<#if payment??> Nous vous remercions de la régler avant la date indiquée.</#if><#if document.favour??> Le solde est en votre faveur : il sera porté à votre crédit ou remboursé.<#elseif document.nothingDue> Il n’y a rien à payer.</#if>
<#break>
<#case "SETTLEMENT">
Veuillez trouver ci-joint notre décompte au format PDF ; les acomptes facturés y sont déduits.<#if payment??> Nous vous remercions de le régler avant la date indiquée.</#if><#if document.favour??> Le solde est en votre faveur : il sera porté à votre crédit ou remboursé.<#elseif document.nothingDue> Il n’y a rien à payer.</#if>
<#break>
<#case "CREDIT_NOTE">
Veuillez trouver ci-joint notre avoir<#if document.preceding??> relatif à la facture n° ${document.preceding}</#if> au format PDF.<#if payment??> Nous vous remercions de le régler avant la date indiquée.</#if>
<#break>
<#case "REMINDER">
Sauf erreur de notre part, ce qui suit reste à payer : <@stated/>. Vous trouverez le détail en pièce jointe.

Si votre paiement a croisé ce message, veuillez ne pas en tenir compte.
<#break>
<#case "PAYMENT_NOTICE">
Nous avons bien reçu votre paiement (<@stated/>) et vous en remercions. Vous trouverez le détail en pièce jointe.
<#break>
<#case "STATEMENT">
Veuillez trouver ci-joint votre relevé de compte au format PDF.
<#break>
<#case "QUOTE">
Nous vous remercions de votre demande. Veuillez trouver ci-joint notre devis au format PDF.
<#break>
<#case "ORDER">
Nous vous remercions de votre commande. Veuillez trouver ci-joint notre confirmation au format PDF.
<#break>
<#case "DELIVERY_NOTE">
Veuillez trouver ci-joint notre bon de livraison au format PDF.
<#break>
<#case "PURCHASE_ORDER">
Veuillez trouver ci-joint notre commande au format PDF. Nous attendons votre confirmation.
<#break>
<#default>
Veuillez trouver ci-joint le document « ${nouns[type]} » au format PDF.
</#switch>
</#if>

Une question ? Répondez simplement à ce message.
</#assign>
<#assign closing = "Meilleures salutations">
