namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>The disk under the database fails, and works again. Until then nobody is called, nothing is settled, and <c>/readyz</c> says so.</summary>
internal static class Disks
{
    const int MostAsks = 4;

    static readonly DiskTrouble[] Kinds = [DiskTrouble.Full, DiskTrouble.NoCommit, DiskTrouble.ReadOnly, DiskTrouble.Unsure, DiskTrouble.Down];

    public static void Plan(Stage stage)
    {
        var second = stage.Between(0, 60);
        for (var times = stage.Lot.Next(1, 4); times > 0; times--)
        {
            var (kind, lasts) = (stage.OneOf(Kinds), stage.OneOf(stage.Between(0.5, 5), stage.Between(5, 60), stage.Between(60, 200)));
            stage.At(second, $"the disk: {kind} for {lasts} s", () => stage.World.Disk.SetAsync(stage.World, kind));
            stage.At(second + (lasts / 2), "health is asked", () => AskAsync(stage));
            stage.At(second + lasts, "the disk works", () => stage.World.Disk.SetAsync(stage.World, DiskTrouble.None));
            stage.At(second + lasts + 2, "health is asked", () => AskAsync(stage));
            second += lasts + stage.Between(3, 60);
        }
    }

    /// <summary>Whether <c>/healthz</c> and <c>/readyz</c> say what is so.</summary>
    /// <param name="stage">Where it is asked.</param>
    public static async Task AskAsync(Stage stage)
    {
        var (life, disk) = (stage.World.Life, stage.World.Disk.Trouble);
        var shown = "";
        // An answer is given again for a second, and a write that was begun before is waited for: it is true within seconds.
        for (var asks = 0; asks < MostAsks; asks++)
        {
            await stage.World.PassAsync(1.1);
            var isOurs = stage.IsOurs();
            // A file that cannot grow takes a write that fits into it, and a commit of which only the answer is lost is one.
            if (stage.World.Life != life || stage.World.Disk.Trouble != disk || (isOurs && disk is DiskTrouble.Full or DiskTrouble.Unsure))
                return;
            shown = await UntrueAsync(stage.World, isOurs && disk is DiskTrouble.None ? 200 : 503);
            if (shown.Length == 0)
                return;
        }
        stage.Break(Promise.HealthUntrue, $"{shown} ({disk})");
    }

    static async Task<string> UntrueAsync(World world, int wanted)
    {
        using var door = new HttpMessageInvoker(world.Door);
        foreach (var (path, status) in new[] { ("healthz", 200), ("readyz", wanted) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost/{path}");
            using var response = await door.SendAsync(request, default);
            if ((int)response.StatusCode != status)
                return $"/{path} says {(int)response.StatusCode}, and it is {status}: {await response.Content.ReadAsStringAsync()}";
        }
        return "";
    }
}
