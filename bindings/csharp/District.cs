// The first case: District examples/district OUT. Two years of acts, what the checks find, and the scores.
using System;
using System.IO;
using System.Text;
using Zeren;

internal static class District
{
    private static string folder, output;
    private static readonly StringBuilder Stored = new StringBuilder();

    private static string Read(string path) { return File.ReadAllText(Path.Combine(folder, path), new UTF8Encoding(false, true)); }

    private static void Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(output, name), text, new UTF8Encoding(false, true));
    }

    /// <summary>A request without a head, with the head that the system shows.</summary>
    private static string Request(ResponsibilitySystem system, string document)
    {
        return "{\"head\":" + system.Head() + "," + document.Substring(document.IndexOf('{') + 1);
    }

    /// <summary>Enters every request of a folder, in the order of their names: prepare, store, commit.</summary>
    private static void Enter(ResponsibilitySystem system, string year)
    {
        string[] files = Directory.GetFiles(Path.Combine(folder, year), "*.json");
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
            using (Prepared batch = system.Prepare(Request(system, Read(file))))
            {
                Stored.Append(batch.Lines);
                system.Commit(batch);
            }
    }

    private static void Names()
    {
        using (var system = new ResponsibilitySystem("生僻字"))
        using (Prepared batch = system.Prepare(Request(system, "{\"time\":\"2023-01-04T09:00:00+08:00\",\"operator\":\"u-17\",\"acts\":["
            + "{\"act\":\"units.founded\",\"id\":\"a-1\",\"effective\":\"2023-01-01\",\"units\":["
            + "{\"id\":\"u-𬱖\",\"name\":\"䶮㙍𬱖𫘦𨱔镇\",\"class\":\"镇\"}]}]}")))
        {
            Write("names.jsonl", batch.Lines);
            system.Commit(batch);
            Write("names.json", system.View("{\"view\":\"unit\",\"day\":\"2023-06-30\",\"unit\":\"u-𬱖\"}"));
        }
    }

    private static void Refused(ResponsibilitySystem system)
    {
        try
        {
            system.Prepare(Request(system, "{\"time\":\"2024-01-31T09:00:00+08:00\",\"operator\":\"office-1\",\"acts\":["
                + "{\"act\":\"unit.ended\",\"id\":\"x\",\"effective\":\"2024-01-01\",\"unit\":\"无此单位\"}]}"));
        }
        catch (ZerenException refused)
        {
            Write("refused.json", refused.Json);
        }
    }

    private static int Main(string[] arguments)
    {
        folder = Path.GetFullPath(arguments[0]);
        output = Directory.CreateDirectory(arguments[1]).FullName;
        using (var system = new ResponsibilitySystem("示例新区"))
        {
            Enter(system, "2022");
            Write("findings-2022.json", system.View("{\"view\":\"findings\",\"day\":\"2022-12-31\"}"));
            Write("cascade-2022.json", system.View("{\"view\":\"cascade\",\"day\":\"2022-12-31\"}"));
            using (var trial = new Scheme(Read("schemes/2022-trial.json")))
            using (var year = new Year())
                Write("trial-2022.json", year.Assess(system, trial, "{\"day\":\"2022-12-31\",\"subjects\":[\"s-xinqu\"]}"));

            Enter(system, "2023");
            using (var own = new Scheme(Read("schemes/2023.json")))
            using (var annual = new Scheme(Read("schemes/2023-annual.json")))
            using (var year = new Year())
            {
                Write("table-2023.md", own.ReadBack());
                Write("sheets-2023.json", year.Assess(system, own, "{\"day\":\"2024-01-31\"}"));
                Write("annual-2023.json", year.Assess(system, annual, "{\"day\":\"2024-01-31\"}"));
            }

            string stored = Stored.ToString();
            Write("ledger.jsonl", stored);
            using (var again = new ResponsibilitySystem("示例新区", stored))
                if (again.Head() != system.Head() || Library.Verify("示例新区", stored) != system.Head())
                    throw new InvalidOperationException("the stored lines lead elsewhere");
            Refused(system);
        }
        Names();
        return 0;
    }
}
