/** Scores of predicted labels: confusion matrix, accuracy, F1, area under the ROC curve, intersection over union. */
@NullMarked
package io.graft.engine.metrics.classification;

import org.jspecify.annotations.NullMarked;
