/// Messages for those who listen now. Read [MessageBroker] first.
@NullMarked
package coppice.engine.channel;

import org.jspecify.annotations.NullMarked;
