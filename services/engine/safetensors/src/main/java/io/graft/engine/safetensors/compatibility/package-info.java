/**
 * Decides from names, dtypes and shapes alone whether weights can be subtracted and added, and what happens to each
 * tensor. Pure functions; needs no weights, so a service can call it before any job starts.
 */
@NullMarked
package io.graft.engine.safetensors.compatibility;

import org.jspecify.annotations.NullMarked;
