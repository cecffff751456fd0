/** What a service is assembled from. */
@NullMarked
package io.graft.platform.service;

import org.jspecify.annotations.NullMarked;
