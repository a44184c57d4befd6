using System.Net;
using System.Net.Sockets;

namespace BotDispatch.Tests.Employees;

/// <summary>Passes bytes on to a server, and breaks the connection after so many of its answers, as its end or a restart does.</summary>
internal sealed class CutRelay : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stopping = new();
    readonly Task running;
    int left;

    public CutRelay(int server)
    {
        listener.Start();
        running = RunAsync(server);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many bytes of the server are passed on before the connection breaks.</summary>
    public int Left
    {
        get => Volatile.Read(ref left);
        set => Volatile.Write(ref left, value);
    }

    public void Dispose()
    {
        stopping.Cancel();
        listener.Stop();
        running.Wait();
        stopping.Dispose();
    }

    async Task RunAsync(int server)
    {
        try
        {
            while (true)
                await PassAsync(await listener.AcceptTcpClientAsync(stopping.Token), server);
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    async Task PassAsync(TcpClient client, int server)
    {
        using var near = client;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, server, stopping.Token);
        try
        {
            await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream(), _ => true), CopyAsync(far.GetStream(), near.GetStream(), IsLeft));
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
        }
    }

    bool IsLeft(int count) => Interlocked.Add(ref left, -count) > 0;

    async Task CopyAsync(NetworkStream from, NetworkStream to, Func<int, bool> goesOn)
    {
        var piece = new byte[8192];
        while (await from.ReadAsync(piece, stopping.Token) is > 0 and var count && goesOn(count))
            await to.WriteAsync(piece.AsMemory(0, count), stopping.Token);
    }
}
