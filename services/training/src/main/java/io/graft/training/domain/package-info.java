/** What may be submitted to the training service, and what becomes of it, without transport and SQL. */
@NullMarked
package io.graft.training.domain;

import org.jspecify.annotations.NullMarked;
