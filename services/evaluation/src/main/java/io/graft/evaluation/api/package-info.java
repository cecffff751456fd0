/** The evaluation service's gRPC service and the beans that it is made of. */
@NullMarked
package io.graft.evaluation.api;

import org.jspecify.annotations.NullMarked;
