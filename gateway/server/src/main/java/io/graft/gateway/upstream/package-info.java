/** The gRPC side: where the services are and how they are called. */
@NullMarked
package io.graft.gateway.upstream;

import org.jspecify.annotations.NullMarked;
