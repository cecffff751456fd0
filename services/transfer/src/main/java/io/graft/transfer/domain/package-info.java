/** What may be submitted to the transfer service, and what becomes of it, without transport and SQL. */
@NullMarked
package io.graft.transfer.domain;

import org.jspecify.annotations.NullMarked;
