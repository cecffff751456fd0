/** Tests of what may be submitted. */
@NullMarked
package io.graft.transfer.domain;

import org.jspecify.annotations.NullMarked;
