/** What may be submitted to the pruning service, and what becomes of it, without transport and SQL. */
@NullMarked
package io.graft.pruning.domain;

import org.jspecify.annotations.NullMarked;
