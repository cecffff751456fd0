/** The pipelines service's gRPC service and the beans that it is made of. */
@NullMarked
package io.graft.pipelines.api;

import org.jspecify.annotations.NullMarked;
