package coppice.structure.channel;

import coppice.api.structure.Channel;
import coppice.api.structure.ChannelHistory;
import coppice.api.structure.ChannelStatus;
import coppice.structure.codec.Codec;
import coppice.structure.ground.Broker;
import java.time.Duration;
import java.util.Optional;

/// A channel of a broker: values become their stored form here, and a broker hands that on.
public final class BrokeredChannel<M> extends BrokeredView<M> implements Channel<M> {
    private final Broker broker;
    private final Codec.Place place;

    public BrokeredChannel(String name, Codec<M> codec, Broker broker) {
        super(name, codec, options -> broker.subscribe(name, codec.name(), options));
        this.broker = broker;
        this.place = new Codec.Place(name, "a message");
    }

    @Override
    public long publish(M value) {
        return published(value, Long.MAX_VALUE).orElseThrow(); // it waits until there is room
    }

    @Override
    public Optional<Long> publish(M value, Duration limit) {
        return published(value, Limits.nanos(limit));
    }

    private Optional<Long> published(M value, long nanos) {
        return broker.publish(name(), codec.name(), codec.encode(value, place), nanos);
    }

    @Override
    public void keep(ChannelHistory history) {
        broker.keep(name(), codec.name(), history);
    }

    @Override
    public ChannelStatus status() {
        return broker.status(name());
    }
}
