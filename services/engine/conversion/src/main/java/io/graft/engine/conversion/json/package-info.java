/** Small JSON documents as maps and lists. */
@NullMarked
package io.graft.engine.conversion.json;

import org.jspecify.annotations.NullMarked;
