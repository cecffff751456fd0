/** Every gRPC call, over a real server. */
@NullMarked
package io.graft.platform.grpc;

import org.jspecify.annotations.NullMarked;
