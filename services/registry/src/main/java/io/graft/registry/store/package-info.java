/** The registry's state in PostgreSQL; every change and its event are one transaction. */
@NullMarked
package io.graft.registry.store;

import org.jspecify.annotations.NullMarked;
