/** What may be submitted to the finetuning service, and what becomes of it, without transport and SQL. */
@NullMarked
package io.graft.finetuning.domain;

import org.jspecify.annotations.NullMarked;
