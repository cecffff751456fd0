/** A gRPC server on a real port whose answers the tests choose by resource name. */
@NullMarked
package io.graft.gateway.peer;

import org.jspecify.annotations.NullMarked;
