/** What may be submitted to the evaluation service, and what becomes of it, without transport and SQL. */
@NullMarked
package io.graft.evaluation.domain;

import org.jspecify.annotations.NullMarked;
