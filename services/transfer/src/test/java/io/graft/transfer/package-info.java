/** What the transfer service's tests share. */
@NullMarked
package io.graft.transfer;

import org.jspecify.annotations.NullMarked;
