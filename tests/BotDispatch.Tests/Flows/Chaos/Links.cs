namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>The database's path leads through a symbolic link, which somebody changes under the process. It goes on with the file that it has, and says so.</summary>
internal static class Links
{
    public static void Plan(Stage stage)
    {
        // Elsewhere a link takes rights, and nothing tells where an open file lies.
        if (!OperatingSystem.IsLinux())
            return;
        var (isFolder, isDangling) = (stage.Chance(0.5), stage.Chance(0.3));
        string link = "", here = "", there = "";
        stage.Prepare = folder =>
        {
            (here, there) = (Path.Combine(folder, "here"), Path.Combine(folder, "there"));
            Directory.CreateDirectory(here);
            if (!isDangling)
                Directory.CreateDirectory(there);
            if (!isFolder)
                (here, there) = (Path.Combine(here, "botdispatch.db"), Path.Combine(there, "botdispatch.db"));
            File.CreateSymbolicLink(link = Path.Combine(folder, "link"), here);
            // The other file stands there already.
            if (!isDangling)
                File.WriteAllBytes(OtherFile(), []);
            return isFolder ? Path.Combine(link, "botdispatch.db") : link;
        };
        stage.IsOurs = () => new FileInfo(link).LinkTarget == here;
        var second = stage.Between(0, 60);
        for (var times = stage.Lot.Next(1, 4); times > 0; times--)
        {
            var lasts = stage.Between(5, 90);
            stage.At(second, $"the link of the {(isFolder ? "folder" : "file")} leads elsewhere for {lasts} s", () =>
            {
                stage.World.Disk.Mended = () => Lead(here);
                Lead(there);
            });
            // Each connection is opened anew.
            stage.At(second + 0.1, "the disk: Down", () => stage.World.Disk.SetAsync(stage.World, DiskTrouble.Down));
            stage.At(second + 1.5, "the disk works", () => stage.World.Disk.SetAsync(stage.World, DiskTrouble.None));
            stage.At(second + 2, "health is asked", () => Disks.AskAsync(stage));
            stage.At(second + lasts, "the link leads where it did", () =>
            {
                Lead(here);
                if (!isDangling && (new FileInfo(OtherFile()).Length > 0 || Directory.GetFiles(Path.GetDirectoryName(OtherFile())!).Length > 1))
                    stage.Break(Promise.LeftBehind, "the other file was written to");
            });
            stage.At(second + lasts + 0.1, "health is asked", () => Disks.AskAsync(stage));
            second += lasts + stage.Between(5, 40);
        }

        string OtherFile() => isFolder ? Path.Combine(there, "botdispatch.db") : there;

        void Lead(string where)
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, where);
        }
    }
}
