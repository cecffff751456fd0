/** Training, fine-tuning, merging and measuring from the command line. */
@NullMarked
package io.graft.cli.training;

import org.jspecify.annotations.NullMarked;
