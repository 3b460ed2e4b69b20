package coppice.structure;

import coppice.api.KeyPattern;
import coppice.api.structure.Channel;
import coppice.api.structure.ChannelStatus;
import coppice.api.structure.ChannelView;
import coppice.api.structure.Channels;
import coppice.api.structure.TypeRef;
import coppice.structure.channel.BrokeredChannel;
import coppice.structure.channel.BrokeredView;
import coppice.structure.codec.Codec;
import coppice.structure.ground.Broker;
import coppice.structure.ground.Registry;
import java.util.List;

/// The channels of a broker.
///
/// @param broker hands messages on
public record BrokeredChannels(Broker broker) implements Channels {
    @Override
    public <M> Channel<M> channel(String name, TypeRef<M> messages) {
        return new BrokeredChannel<>(Registry.name(name), Codec.of(messages), broker);
    }

    @Override
    public <M> ChannelView<M> matching(String glob, TypeRef<M> messages) {
        Codec<M> codec = Codec.of(messages);
        KeyPattern pattern = KeyPattern.glob(glob);
        return new BrokeredView<>(glob, codec, options -> broker.subscribe(pattern, codec.name(), options));
    }

    @Override
    public List<ChannelStatus> all() {
        return broker.all();
    }
}
