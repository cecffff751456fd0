/** Learns a vocabulary of byte pairs and writes it as {@code tokenizer.json}. */
@NullMarked
package io.graft.engine.data.bpe;

import org.jspecify.annotations.NullMarked;
