/** Which pre-trained model will serve a target data set best, told from its features or predictions without fine-tuning. */
@NullMarked
package io.graft.engine.metrics.transferability;

import org.jspecify.annotations.NullMarked;
