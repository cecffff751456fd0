/** What every call that changes something has: an idempotency key, labels, a dry run, a trace. */
@NullMarked
package io.graft.platform.request;

import org.jspecify.annotations.NullMarked;
