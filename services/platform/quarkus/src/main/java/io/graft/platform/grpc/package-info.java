/** What every gRPC call goes through: request id, trace, authentication, errors. */
@NullMarked
package io.graft.platform.grpc;

import org.jspecify.annotations.NullMarked;
