/** The platform as its users meet it: a running stack, driven over REST, gRPC and the command line. */
@NullMarked
package io.graft.it;

import org.jspecify.annotations.NullMarked;
