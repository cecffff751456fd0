/** Tests of the whole command line. */
@NullMarked
package io.graft.cli;

import org.jspecify.annotations.NullMarked;
