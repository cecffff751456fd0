/** Stand-ins for the remote peers of the command line: services and store. */
@NullMarked
package io.graft.cli.peer;

import org.jspecify.annotations.NullMarked;
