using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace RealtimeCollab.Server.Tests.Support;

/// <summary>Requests with <see cref="Mark"/> in their query have a body that is not there before it is released.</summary>
internal sealed class HeldBodies : IStartupFilter
{
    public const string Mark = "held";

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task IsAskedFor => _asked.Task;

    public void Release() => _released.SetResult();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (context.Request.Query.ContainsKey(Mark))
                context.Request.Body = new HeldStream(context.Request.Body, this);
            return rest(context);
        });
        next(app);
    };

    private sealed class HeldStream(Stream body, HeldBodies held) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            held._asked.TrySetResult();
            await held._released.Task.WaitAsync(cancellationToken);
            return await body.ReadAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
