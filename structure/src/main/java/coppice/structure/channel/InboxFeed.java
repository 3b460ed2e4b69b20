package coppice.structure.channel;

import coppice.api.DatabaseException;
import coppice.api.structure.ChannelFeed;
import coppice.api.structure.Message;
import coppice.structure.codec.Codec;
import coppice.structure.ground.Broker;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What comes into an inbox, in its type.
final class InboxFeed<M> implements ChannelFeed<M> {
    private final Broker.Inbox inbox;
    private final Codec<M> codec;

    InboxFeed(Broker.Inbox inbox, Codec<M> codec) {
        this.inbox = inbox;
        this.codec = codec;
    }

    @Override
    public Message<M> next() {
        return message(inbox.take(Long.MAX_VALUE).orElseThrow()); // it waits until there is one
    }

    @Override
    public Optional<Message<M>> next(Duration limit) {
        return inbox.take(Limits.nanos(limit)).map(this::message);
    }

    private Message<M> message(Broker.Parcel parcel) {
        Codec.Place place = new Codec.Place(parcel.channel(), "message " + parcel.id());
        M value = codec.decode(parcel.value(), place);
        if (value == null) {
            throw codec.isNull(place);
        }
        return new Message<>(parcel.channel(), parcel.id(), Instant.ofEpochMilli(parcel.millis()), value);
    }

    @Override
    public long dropped() {
        return inbox.dropped();
    }

    @Override
    public int waiting() {
        return inbox.waiting();
    }

    @Override
    public Iterator<Message<M>> iterator() {
        return new Iterator<>() {
            private @Nullable Message<M> ahead;

            @Override
            public boolean hasNext() {
                if (ahead == null) {
                    ahead = nextUnlessClosed();
                }
                return ahead != null;
            }

            @Override
            public Message<M> next() {
                if (!hasNext() || ahead == null) {
                    throw new NoSuchElementException("The feed was closed");
                }
                Message<M> next = ahead;
                ahead = null;
                return next;
            }
        };
    }

    private @Nullable Message<M> nextUnlessClosed() {
        try {
            return next();
        } catch (DatabaseException.Closed closed) {
            if (inbox.isClosed()) {
                return null;
            }
            throw closed;
        }
    }

    @Override
    public void close() {
        inbox.close();
    }
}
