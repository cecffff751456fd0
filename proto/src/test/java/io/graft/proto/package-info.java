/** What the API promises to its clients. */
@NullMarked
package io.graft.proto;

import org.jspecify.annotations.NullMarked;
