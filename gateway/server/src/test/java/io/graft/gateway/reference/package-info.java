/** Writes the API reference from the proto files, and keeps it in step with them. */
@NullMarked
package io.graft.gateway.reference;

import org.jspecify.annotations.NullMarked;
