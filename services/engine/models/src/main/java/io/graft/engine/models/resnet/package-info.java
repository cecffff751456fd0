/** Residual networks (He et al. 2016) as transformers' ResNetForImageClassification. */
@NullMarked
package io.graft.engine.models.resnet;

import org.jspecify.annotations.NullMarked;
