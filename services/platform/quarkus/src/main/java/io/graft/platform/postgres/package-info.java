/** State in PostgreSQL: transactions, the outbox and its relay, the inbox, jobs. */
@NullMarked
package io.graft.platform.postgres;

import org.jspecify.annotations.NullMarked;
