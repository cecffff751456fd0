/**
 * Strict reading and writing of the safetensors format, one file or sharded, in bounded memory.
 *
 * <p>Depends on the JDK and on Jackson's streaming parser only, so that control-plane services can validate a header
 * without the arithmetic of the engine.
 */
@NullMarked
package io.graft.engine.safetensors;

import org.jspecify.annotations.NullMarked;
