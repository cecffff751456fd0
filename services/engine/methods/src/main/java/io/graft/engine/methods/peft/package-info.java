/**
 * Low-rank adapters as Hugging Face PEFT knows them: the same mathematics, the same files, checked more strictly.
 *
 * <p>What is said of PEFT here was compared with version 0.21.2.
 */
@NullMarked
package io.graft.engine.methods.peft;

import org.jspecify.annotations.NullMarked;
