/** What the registry knows and decides: models, data sets, versions, aliases, uploads and lineage, without transport and SQL. */
@NullMarked
package io.graft.registry.domain;

import org.jspecify.annotations.NullMarked;
