/** BERT (Devlin et al. 2018) as transformers' BertModel and BertForSequenceClassification. */
@NullMarked
package io.graft.engine.models.bert;

import org.jspecify.annotations.NullMarked;
