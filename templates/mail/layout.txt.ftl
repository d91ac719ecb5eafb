<#-- The frame of every mail, for readers without HTML. What it prints is assigned in the words files. -->
${greeting},

<#if copy>
${copyNote}

</#if>
<#list paragraphs as paragraph>
${paragraph}

</#list>
<#list documents as document>
<#if many>
${nouns[document.type]} ${document.number!}
</#if>
<#if !many && document.number??>
${labels.number?right_pad(18)} ${document.number}
</#if>
<#if document.date??>
${labels.date?right_pad(18)} ${document.date}
</#if>
<#if document.periodFrom??>
${labels.period?right_pad(18)} ${document.periodFrom} – ${document.periodTo}
</#if>
<#if document.favour??>
${labels.favour?right_pad(18)} ${document.favour}
<#elseif document.amount??>
${labels.amount?right_pad(18)} ${document.amount}
</#if>
<#if document.dueDate??>
${labels.dueDate?right_pad(18)} ${document.dueDate}
</#if>

</#list>
<#if payment??>
<#if many && payment.amount??>
${labels.total?right_pad(18)} ${payment.amount}
</#if>
${labels.iban?right_pad(18)} ${payment.iban}
<#if payment.bic??>
${labels.bic?right_pad(18)} ${payment.bic}<#if payment.bank??> (${payment.bank})</#if>
</#if>
<#if !many && document.reference??>
${labels.reference?right_pad(18)} ${document.reference}
</#if>

</#if>
${closing}

-- 
${company.name}
<#if company.street??>${company.street}, </#if>${company.postcode} ${company.city}
<#if company.phone??>${company.phone}
</#if>
${company.email}
<#if company.website??>${company.website}
</#if>
<#if company.vatId??>${labels.vatId} ${company.vatId}
</#if>
