/** Llama (Touvron et al. 2023) as transformers' LlamaForCausalLM. */
@NullMarked
package io.graft.engine.models.llama;

import org.jspecify.annotations.NullMarked;
