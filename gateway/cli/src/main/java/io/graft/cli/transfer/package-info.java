/** Submitting weight arithmetic: grafts and diff vectors. */
@NullMarked
package io.graft.cli.transfer;

import org.jspecify.annotations.NullMarked;
