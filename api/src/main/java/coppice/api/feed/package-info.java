/// Following what happens to the rows of a branch. Read [ChangeFeed] first.
@NullMarked
package coppice.api.feed;

import org.jspecify.annotations.NullMarked;
