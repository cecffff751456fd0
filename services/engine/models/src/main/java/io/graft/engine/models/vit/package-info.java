/** Vision transformers (Dosovitskiy et al. 2021) as transformers' ViTForImageClassification. */
@NullMarked
package io.graft.engine.models.vit;

import org.jspecify.annotations.NullMarked;
