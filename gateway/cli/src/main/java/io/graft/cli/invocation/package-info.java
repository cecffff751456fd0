/** One run of the command line: its options, its home directory and what it may be interrupted for. */
@NullMarked
package io.graft.cli.invocation;

import org.jspecify.annotations.NullMarked;
